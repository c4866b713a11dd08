"""Parts of a Word document that python-docx has no words for: fields, faces of East Asian text, SVG, equal bytes."""
