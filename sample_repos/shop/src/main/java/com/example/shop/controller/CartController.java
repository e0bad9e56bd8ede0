package com.example.shop.controller;

import com.example.shop.model.Order;
import com.example.shop.model.OrderLine;
import com.example.shop.service.CatalogService;
import com.example.shop.service.OrderService;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The cart, kept in the web session. */
@RestController
@RequestMapping("/cart")
public class CartController {

    private final CatalogService catalogService;
    private final OrderService orderService;

    public CartController(CatalogService catalogService, OrderService orderService) {
        this.catalogService = catalogService;
        this.orderService = orderService;
    }

    @PostMapping("/{productId}")
    public int add(HttpSession session, @PathVariable Long productId) {
        OrderLine line = new OrderLine();
        line.setProduct(catalogService.product(productId));
        line.setCount(1);
        List<OrderLine> lines = lines(session);
        lines.add(line);
        return lines.size();
    }

    @PostMapping("/checkout")
    public Order checkout(HttpSession session, @RequestParam Long customerId) {
        return orderService.place(customerId, lines(session), null);
    }

    @SuppressWarnings("unchecked")
    private List<OrderLine> lines(HttpSession session) {
        Object found = session.getAttribute("cart");
        List<OrderLine> lines = found == null ? new ArrayList<>() : (List<OrderLine>) found;
        session.setAttribute("cart", lines);
        return lines;
    }
}
