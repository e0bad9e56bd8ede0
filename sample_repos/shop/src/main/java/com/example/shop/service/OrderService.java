package com.example.shop.service;

import com.example.shop.model.Customer;
import com.example.shop.model.Order;
import com.example.shop.model.OrderLine;
import com.example.shop.model.OrderStatus;
import com.example.shop.repository.OrderRepository;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders: everything meets here. */
@Service
public class OrderService {

    private final OrderRepository orderRepository;
    private final CustomerService customerService;
    private final StockService stockService;
    private final PaymentService paymentService;
    private final ShipmentService shipmentService;
    private final NotificationService notificationService;

    public OrderService(
            OrderRepository orderRepository,
            CustomerService customerService,
            StockService stockService,
            PaymentService paymentService,
            ShipmentService shipmentService,
            NotificationService notificationService) {
        this.orderRepository = orderRepository;
        this.customerService = customerService;
        this.stockService = stockService;
        this.paymentService = paymentService;
        this.shipmentService = shipmentService;
        this.notificationService = notificationService;
    }

    @Transactional
    public Order place(Long customerId, List<OrderLine> lines, String voucherCode) {
        Customer customer = customerService.byId(customerId);
        Order order = new Order();
        order.setCustomer(customer);
        order.setLines(lines);
        lines.forEach(line -> line.setOrder(order));
        order.setVoucherCode(voucherCode);
        order.setStatus(OrderStatus.PLACED);
        orderRepository.save(order);
        for (OrderLine line : lines) {
            stockService.reserve(line.getProduct().getId(), line.getCount());
        }
        if (paymentService.charge(order)) {
            order.setStatus(OrderStatus.PAID);
            shipmentService.send(order);
            customer.setLoyaltyPoints(customer.getLoyaltyPoints() + points(order));
            notificationService.orderPlaced(order);
        } else if (voucherCode != null && !voucherCode.isEmpty()) {
            order.setStatus(OrderStatus.CANCELLED);
        }
        return order;
    }

    private int points(Order order) {
        int points = (int) (order.total().getCents() / 100);
        return order.getLines().size() > 5 ? points * 2 : points;
    }

    public List<Order> of(Long customerId) {
        return orderRepository.findByCustomerId(customerId);
    }

    @Transactional
    public void cancel(Long orderId, String reason) {
        Order order = orderRepository.findById(orderId).orElseThrow();
        if (order.getStatus() == OrderStatus.SHIPPED) {
            throw new IllegalStateException("already on its way");
        }
        if (order.getStatus() == OrderStatus.PAID) {
            paymentService.refund(orderId, reason);
        }
        order.setStatus(OrderStatus.CANCELLED);
    }
}
