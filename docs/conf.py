"""Settings of the site, for Sphinx. `build.py` builds it in each language."""

from __future__ import annotations

import bdindex_xl

project = "bdindex_xl"
author = "bdindex_xl contributors"
release = bdindex_xl.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource", "undoc-members": False}
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_param = False  # types are phrases, with shapes and measures: words in them are no cross references
suppress_warnings = ["ref.python"]  # the same words in the types of attributes
default_role = "code"  # docstrings quote names with single backticks

html_theme = "furo"
html_title = f"bdindex_xl {release}"
html_copy_source = False
html_show_sphinx = False
templates_path = ["_templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
