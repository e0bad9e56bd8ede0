package com.example.shop.repository;

import com.example.shop.model.Customer;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored Customer records. */
public interface CustomerRepository extends JpaRepository<Customer, Long> {

    Optional<Customer> findByEmail(String email);
}
