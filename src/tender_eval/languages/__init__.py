"""What is said of results, in one language: texts by key, runs of text with names in them, numbers, money and dates.

English stands in `locale/en_GB`; another language is another file of messages beside it, with as many plural forms
as it has.
"""
