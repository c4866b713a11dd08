"""What setup.cfg cannot say: the folder vba, at the top for readers, is installed into the package."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["bdindex_xl", "bdindex_xl.*"]), "bdindex_xl.vba"],
    package_dir={"bdindex_xl.vba": "vba"},
)
