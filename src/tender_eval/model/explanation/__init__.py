"""How figures came about and why bids are out, as data; `tender_eval.languages` puts each in words."""
