use super::*;

fn repeated(values: &[f64]) -> Vec<f64> {
    values.iter().copied().cycle().take(60).collect()
}

#[test]
fn values_suggest_a_scale() {
    for (values, scale, other, missing) in [
        (&[1.0, 2.0, 5.0][..], (1.0, 5.0), None, &[][..]),
        (&[0.5, 2.5, 5.0], (0.0, 5.0), None, &[]),
        (&[0.0, 2.0, 5.0], (1.0, 5.0), None, &[0.0]),
        (&[1.0, 2.0, 4.0], (1.0, 5.0), Some((1.0, 4.0)), &[]),
        (&[1.0, 2.0, 3.0], (1.0, 5.0), Some((1.0, 3.0)), &[]),
        (&[1.0, 3.0, 7.0], (1.0, 7.0), Some((1.0, 10.0)), &[]),
        (&[0.0, 3.0, 10.0], (0.0, 10.0), None, &[]),
        (&[1.0, 8.0, 9.0], (1.0, 10.0), None, &[]),
        (&[1.0, 3.0, 5.0, 9.0], (1.0, 5.0), None, &[9.0]),
        (&[1.0, 3.0, 5.0, 99.0], (1.0, 5.0), None, &[99.0]),
        (&[1.0, 3.0, 5.0, -9.0], (1.0, 5.0), None, &[-9.0]),
        (&[10.0, 20.0, 50.0], (10.0, 50.0), Some((0.0, 100.0)), &[]),
        (&[8.0, 14.0, 19.5], (0.0, 20.0), Some((0.0, 100.0)), &[]),
        (&[0.0, 55.0, 99.0], (0.0, 100.0), None, &[]),
    ] {
        let found = of_values(&repeated(values), false).expect("a scale");
        assert_eq!((found.scale, found.other), (scale, other), "{values:?}");
        assert_eq!(found.missing, missing, "{values:?}");
    }
}

#[test]
fn votes_and_differences_are_on_no_scale() {
    for values in
        [&[-4.0, 3.0, 17.0, 210.0][..], &[-1.0, 2.0, 44.0], &[5.0, 120.0, 33.0], &[-40.0, 1.0, 3.0]]
    {
        assert_eq!(of_values(&repeated(values), false), None, "{values:?}");
    }
}

#[test]
fn names_win_over_values_that_fit_them() {
    let found = within(&repeated(&[2.0, 9.0]), Some(0.0), Some(100.0));
    assert_eq!((found.scale, found.other), ((0.0, 100.0), None));
    let found = within(&repeated(&[2.0, 9.0]), None, Some(10.0));
    assert_eq!(found.scale, (1.0, 10.0));
    let found = within(&repeated(&[0.0, 2.0, 5.0]), Some(0.0), Some(5.0));
    assert_eq!((found.scale, found.missing), ((0.0, 5.0), vec![]));
    let found = within(&repeated(&[0.0, 2.0, 5.0]), Some(1.0), Some(5.0));
    assert_eq!(found.missing, [0.0]);
    let found = within(&repeated(&[20.0, 60.0, 100.0]), Some(1.0), Some(5.0));
    assert_eq!((found.scale, found.other), ((0.0, 100.0), Some((1.0, 5.0))));
}

#[test]
fn the_common_scale_has_the_most_steps_whatever_the_order() {
    let scales = [(1.0, 5.0), (0.0, 10.0), (1.0, 10.0), (0.0, 5.0)];
    for shift in 0..scales.len() {
        let mut turned = scales;
        turned.rotate_left(shift);
        assert_eq!(common_scale(turned), Some((0.0, 10.0)));
        turned.reverse();
        assert_eq!(common_scale(turned), Some((0.0, 10.0)));
    }
    assert_eq!(common_scale([(1.0, 6.0), (0.0, 5.0)]), Some((0.0, 5.0)));
    assert_eq!(common_scale([(0.0, 5.0), (1.0, 6.0)]), Some((0.0, 5.0)));
    assert_eq!(common_scale([]), None);
}
