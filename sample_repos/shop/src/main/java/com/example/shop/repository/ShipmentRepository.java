package com.example.shop.repository;

import com.example.shop.model.Shipment;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored Shipment records. */
public interface ShipmentRepository extends JpaRepository<Shipment, Long> {

    Optional<Shipment> findByOrderId(Long orderId);
}
