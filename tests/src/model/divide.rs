//! Division by largest remainder, one unit at a time.

/// Shares of `total` in proportion to the weights: rounded down, then one unit more for the largest
/// remainder, the earlier of two equal ones, until nothing is left over.
pub fn divide(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().copied().map(u128::from).sum();
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut shares: Vec<u128> = weights.iter().map(|&weight| exact(weight) / sum).collect();
    let mut remainders: Vec<Option<u128>> = weights.iter().map(|&weight| Some(exact(weight) % sum)).collect();
    while shares.iter().sum::<u128>() < u128::from(total) {
        let mut largest = 0;
        for place in 1..remainders.len() {
            if remainders[place] > remainders[largest] {
                largest = place;
            }
        }
        shares[largest] += 1;
        remainders[largest] = None;
    }
    shares.into_iter().map(|share| u64::try_from(share).expect("at most the total")).collect()
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn ties_go_to_the_earlier_and_nothing_is_lost() {
        assert_eq!(divide(10_000, &[1, 1, 1]), [3334, 3333, 3333]);
        assert_eq!(divide(3000, &[3334, 3333, 3333, 500]), [953, 952, 952, 143]);
        assert_eq!(divide(2, &[1, 1, 1]), [1, 1, 0]);
    }
}
