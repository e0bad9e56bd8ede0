package shop.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;

@Entity
public class Address {
    String street;
}
