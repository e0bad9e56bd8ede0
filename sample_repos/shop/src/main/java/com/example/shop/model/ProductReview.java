package com.example.shop.model;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** What somebody thinks of a product. */
@Entity
@Table(name = "product_review")
public class ProductReview extends BaseEntity {

    @ManyToOne
    private Product product;

    private int stars;

    private String text;

    public Product getProduct() {
        return product;
    }

    public void setProduct(Product product) {
        this.product = product;
    }

    public int getStars() {
        return stars;
    }

    public void setStars(int stars) {
        this.stars = stars;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
