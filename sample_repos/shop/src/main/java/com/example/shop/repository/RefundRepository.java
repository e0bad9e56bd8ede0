package com.example.shop.repository;

import com.example.shop.model.Refund;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored Refund records. */
public interface RefundRepository extends JpaRepository<Refund, Long> {

    List<Refund> findByPaymentId(Long paymentId);
}
