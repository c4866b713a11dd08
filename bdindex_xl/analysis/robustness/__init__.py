"""How firm a ranking is. The way through: `uncertain` choices, `draws` of them, `scores` of each, `ranks` counted.

`analysis` ties these together; `removal` and `sensitivity` ask the same of single indicators, units and choices.
"""
