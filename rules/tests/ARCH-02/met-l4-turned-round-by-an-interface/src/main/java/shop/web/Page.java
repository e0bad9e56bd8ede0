package shop.web;

import shop.order.Orders;

public class Page {
    Orders orders;
}
