"""The built-in lint rules, a folder each, by what they look at: ``price/te304_steep_price_line``.

A folder is named for the code and the name of its rule, and holds its class and two whole schemes that differ in
little: ``bad.yaml`` trips this rule and no other, ``good.yaml`` trips none. Nothing else lists it.
"""
