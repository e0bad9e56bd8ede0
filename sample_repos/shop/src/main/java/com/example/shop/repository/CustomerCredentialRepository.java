package com.example.shop.repository;

import com.example.shop.model.CustomerCredential;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored CustomerCredential records. */
public interface CustomerCredentialRepository extends JpaRepository<CustomerCredential, Long> {

    Optional<CustomerCredential> findByCustomerId(Long customerId);
}
