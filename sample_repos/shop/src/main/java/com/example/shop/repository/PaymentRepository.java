package com.example.shop.repository;

import com.example.shop.model.Payment;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored Payment records. */
public interface PaymentRepository extends JpaRepository<Payment, Long> {

    Optional<Payment> findByOrderId(Long orderId);
}
