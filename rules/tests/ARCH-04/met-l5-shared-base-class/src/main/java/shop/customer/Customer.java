package shop.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import shop.common.Stored;

@Entity
public class Customer extends Stored {
    String name;
}
