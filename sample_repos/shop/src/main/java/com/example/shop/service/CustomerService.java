package com.example.shop.service;

import com.example.shop.model.Customer;
import com.example.shop.model.CustomerCredential;
import com.example.shop.repository.CustomerCredentialRepository;
import com.example.shop.repository.CustomerRepository;
import org.springframework.stereotype.Service;

/** Registers customers and lets them in. */
@Service
public class CustomerService {

    private final CustomerRepository customerRepository;
    private final CustomerCredentialRepository customerCredentialRepository;

    public CustomerService(
            CustomerRepository customerRepository,
            CustomerCredentialRepository customerCredentialRepository) {
        this.customerRepository = customerRepository;
        this.customerCredentialRepository = customerCredentialRepository;
    }

    public Customer register(String name, String email, String password) {
        if (customerRepository.findByEmail(email).isPresent()) {
            throw new IllegalArgumentException("already registered: " + email);
        }
        Customer customer = new Customer();
        customer.setName(name);
        customer.setEmail(email);
        customerRepository.save(customer);
        CustomerCredential credential = new CustomerCredential();
        credential.setCustomer(customer);
        credential.setPasswordHash(Integer.toHexString(password.hashCode()));
        customerCredentialRepository.save(credential);
        return customer;
    }

    public Customer byId(Long id) {
        return customerRepository.findById(id).orElseThrow();
    }

    public boolean mayLogIn(Long customerId) {
        return customerCredentialRepository
                .findByCustomerId(customerId)
                .map(credential -> credential.getFailedLogins() < 5)
                .orElse(false);
    }
}
