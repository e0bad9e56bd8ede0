package shop.controller;

import shop.service.OrderService;

public class OrderController {
    private final OrderService service = new OrderService();
}
