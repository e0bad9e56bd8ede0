package shop.order;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import shop.common.Stored;

@Entity
public class OrderLine extends Stored {
    int pieces;
}
