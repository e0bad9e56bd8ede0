package com.example.shop.model;

/** How far an order has come. */
public enum OrderStatus {
    PLACED,
    PAID,
    SHIPPED,
    CANCELLED
}
