package com.example.shop.repository;

import com.example.shop.model.StockItem;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored StockItem records. */
public interface StockItemRepository extends JpaRepository<StockItem, Long> {

    List<StockItem> findByProductId(Long productId);
}
