"""Hot words of texts by year: which words there are, which of them are new, and how they come and go."""
