module shop/stock
