"""What setup.cfg cannot say: the folders vba and oxt, at the top for readers, are installed into the package."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["bdindex_xl", "bdindex_xl.*"]), "bdindex_xl.vba", "bdindex_xl.oxt"],
    package_dir={"bdindex_xl.vba": "vba", "bdindex_xl.oxt": "oxt"},
)
