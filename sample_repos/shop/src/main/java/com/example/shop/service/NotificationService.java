package com.example.shop.service;

import com.example.shop.model.Customer;
import com.example.shop.model.Order;
import java.io.FileWriter;
import java.io.IOException;
import org.springframework.stereotype.Service;

/** Tells customers what happened. */
@Service
public class NotificationService {

    public void orderPlaced(Order order) {
        Customer customer = order.getCustomer();
        try (FileWriter outbox = new FileWriter("/var/spool/shop/outbox.txt", true)) {
            outbox.write(customer.getEmail() + ": order " + order.getId() + " over " + order.total() + "\n");
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }
}
