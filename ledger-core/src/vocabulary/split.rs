//! Exact division of a whole over weights: largest remainder, ties to the earlier position.

/// Divides `total` over `weights` so that the shares add up to exactly `total` and each share is the
/// exact proportion rounded down or up. Left-over units go to the largest remainders, ties to the
/// earlier position, so the same input always gives the same shares.
///
/// With `total` at most the sum of the weights no share exceeds its weight.
/// Returns `None` when all weights are zero and `total` is not: there is nobody to give it to.
pub fn split(total: u64, weights: &[u64]) -> Option<Vec<u64>> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).fold(0, u128::saturating_add);
    if sum == 0 {
        return (total == 0).then(|| vec![0; weights.len()]);
    }
    let mut shares = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
    let mut given: u64 = 0;
    for (position, &weight) in weights.iter().enumerate() {
        // Both factors are below 2^64, so the product fits.
        let product = u128::from(total).saturating_mul(u128::from(weight));
        let share = u64::try_from(product.checked_div(sum)?).ok()?;
        remainders.push((product.checked_rem(sum)?, position));
        given = given.saturating_add(share);
        shares.push(share);
    }
    remainders.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
    let left_over = usize::try_from(total.saturating_sub(given)).ok()?;
    for &(_, position) in remainders.iter().take(left_over) {
        let share = shares.get_mut(position)?;
        *share = share.saturating_add(1);
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_splits() {
        assert_eq!(split(10_000, &[1, 1, 1]), Some(vec![3334, 3333, 3333]));
        assert_eq!(split(3000, &[3334, 3333, 3333, 500]), Some(vec![953, 952, 952, 143]));
        assert_eq!(split(335, &[3334, 3333, 3333, 500]), Some(vec![107, 106, 106, 16]));
        assert_eq!(split(1, &[0, 0]), None);
        assert_eq!(split(0, &[0, 0]), Some(vec![0, 0]));
        assert_eq!(
            split(u64::MAX, &[u64::MAX, u64::MAX]).unwrap().iter().map(|&x| u128::from(x)).sum::<u128>(),
            u128::from(u64::MAX)
        );
    }

    proptest! {
        #[test]
        fn shares_add_up_and_stay_within_one_unit(total in any::<u64>(), weights in prop::collection::vec(0..=u64::MAX, 1..20)) {
            let sum: u128 = weights.iter().map(|&w| u128::from(w)).sum();
            prop_assume!(sum > 0);
            let shares = split(total, &weights).unwrap();
            prop_assert_eq!(shares.iter().map(|&s| u128::from(s)).sum::<u128>(), u128::from(total));
            for (share, weight) in shares.iter().zip(&weights) {
                let floor = u128::from(total) * u128::from(*weight) / sum;
                prop_assert!(u128::from(*share) == floor || u128::from(*share) == floor + 1);
                if u128::from(total) <= sum { prop_assert!(share <= weight); }
            }
        }
    }
}
