package com.example.shop.repository;

import com.example.shop.model.Order;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored Order records. */
public interface OrderRepository extends JpaRepository<Order, Long> {

    List<Order> findByCustomerId(Long customerId);
}
