"""What changes the offer: `materialise` makes dates, `series` the agreements, `occurrence` one date of them."""
