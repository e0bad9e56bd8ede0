package com.example.shop.model;

/** An amount in the shop's only currency. */
public class Money {

    private final long cents;

    public Money(long cents) {
        this.cents = cents;
    }

    public Money plus(Money other) {
        return new Money(cents + other.cents);
    }

    public Money times(int count) {
        return new Money(cents * count);
    }

    public long getCents() {
        return cents;
    }

    @Override
    public String toString() {
        return String.format("%d.%02d", cents / 100, cents % 100);
    }
}
