module shop/order
