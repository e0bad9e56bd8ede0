package com.example.shop.repository;

import com.example.shop.model.Product;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** Stored Product records. */
public interface ProductRepository extends JpaRepository<Product, Long> {

    List<Product> findByCategoryId(Long categoryId);

    @Query("select p from Product p where lower(p.title) like lower(concat('%', ?1, '%'))")
    List<Product> search(String words);
}
