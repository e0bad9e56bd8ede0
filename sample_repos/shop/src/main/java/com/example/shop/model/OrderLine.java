package com.example.shop.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** One product of an order. */
@Entity
@Table(name = "order_line")
public class OrderLine extends BaseEntity {

    @ManyToOne
    private Order order;

    @ManyToOne
    private Product product;

    @Column(name = "quantity")
    private int count;

    public Order getOrder() {
        return order;
    }

    public void setOrder(Order order) {
        this.order = order;
    }

    public Product getProduct() {
        return product;
    }

    public void setProduct(Product product) {
        this.product = product;
    }

    public int getCount() {
        return count;
    }

    public void setCount(int count) {
        this.count = count;
    }

    public Money amount() {
        return product.price().times(count);
    }
}
