package com.example.shop.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** Money that came in for an order. */
@Entity
@Table(name = "payment")
public class Payment extends BaseEntity {

    private Long orderId;

    private long amountCents;

    private String gatewayReference;

    private boolean settled;

    public Long getOrderId() {
        return orderId;
    }

    public void setOrderId(Long orderId) {
        this.orderId = orderId;
    }

    public long getAmountCents() {
        return amountCents;
    }

    public void setAmountCents(long amountCents) {
        this.amountCents = amountCents;
    }

    public String getGatewayReference() {
        return gatewayReference;
    }

    public void setGatewayReference(String gatewayReference) {
        this.gatewayReference = gatewayReference;
    }

    public boolean isSettled() {
        return settled;
    }

    public void setSettled(boolean settled) {
        this.settled = settled;
    }
}
