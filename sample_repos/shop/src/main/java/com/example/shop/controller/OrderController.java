package com.example.shop.controller;

import com.example.shop.model.Order;
import com.example.shop.service.OrderService;
import com.example.shop.service.ShipmentService;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Pages about orders. */
@RestController
@RequestMapping("/orders")
public class OrderController {

    private final OrderService orderService;
    private final ShipmentService shipmentService;

    public OrderController(OrderService orderService, ShipmentService shipmentService) {
        this.orderService = orderService;
        this.shipmentService = shipmentService;
    }

    @GetMapping
    public List<Order> of(@RequestParam Long customerId) {
        return orderService.of(customerId);
    }

    @GetMapping("/{id}/tracking")
    public String track(@PathVariable Long id) {
        return shipmentService.track(id);
    }

    @DeleteMapping("/{id}")
    public void cancel(@PathVariable Long id, @RequestParam String reason) {
        orderService.cancel(id, reason);
    }
}
