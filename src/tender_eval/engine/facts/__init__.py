"""What bids state and what follows from it, read in one direction.

`names` says which facts there are, `statements` reads them as they stand, `parties` says who counts in a bid, `derived`
and `price` work out what follows, `reading` gives any of them by its name, `adjusting` changes the prices that are
compared, `columns` puts them side by side. None reads one that stands behind it here, and none knows how a kind of file
is mended: what is missing is data (`tender_eval.model.missing`).
"""
