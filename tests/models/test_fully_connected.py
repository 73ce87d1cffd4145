"""Models: shapes, features and initialisations against NumPy and torch.nn.Linear."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from course_utils.models import DeepMLP, FullyConnected, ShallowMLP, SinusoidalModel

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
double = {"dtype": torch.float64}
BUILDERS = {"shallow": ShallowMLP, "deep": DeepMLP, "sinusoidal": SinusoidalModel}
each_kind = pytest.mark.parametrize("kind", BUILDERS)
KS_FALSE_ALARM = 1e-6
"""Probability that samples of one distribution would differ so much, were the seeds not fixed."""


def flat(model: torch.nn.Module) -> torch.Tensor:
    return torch.nn.utils.parameters_to_vector(model.parameters()).detach()


@pytest.mark.parametrize("width", [1, 10, 37])
def test_parameters_are_counted_by_hand(width):
    shallow, deep, linear = (build(2 * width, seed=0) for build in BUILDERS.values())
    h = 2 * width
    assert len(flat(shallow)) == (h + h) + (h + 1)
    assert len(flat(deep)) == (h + h) + 4 * (h * h + h) + (h + 1)
    assert len(flat(linear)) == h + 1


def test_ten_units_have_31_and_471_parameters():
    assert (len(flat(ShallowMLP(10, seed=0))), len(flat(DeepMLP(10, seed=0)))) == (31, 471)


@pytest.mark.parametrize("fan_in", [1, 4, 50])
@pytest.mark.parametrize("part", ["weight", "bias"])
def test_initialisation_has_the_distribution_of_torchs_linear_layer(part, fan_in):
    def sample(make) -> np.ndarray:
        layers = [make(seed) for seed in range(100)]
        return np.concatenate([getattr(x, part).detach().numpy().ravel() for x in layers])

    ours = sample(lambda seed: FullyConnected([fan_in, 20], seed=seed).layers[0])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        torchs = sample(lambda _: torch.nn.Linear(fan_in, 20))
    assert stats.ks_2samp(ours, torchs).pvalue > KS_FALSE_ALARM
    bound = 1 / math.sqrt(fan_in)
    assert np.abs(ours).max() <= bound * (1 + 1e-6)  # float32 rounds the bound itself
    # Of 2000 draws or more none beyond 0.98 of the bound: probability 0.98^2000 < 1e-17.
    assert np.abs(ours).max() > 0.98 * bound
    assert abs(np.corrcoef(ours[:-1], ours[1:])[0, 1]) < 5 / math.sqrt(len(ours))  # 5 sigma


@each_kind
def test_every_layer_is_scaled_by_its_own_fan_in(kind):
    for layer in BUILDERS[kind](400, seed=0).layers:
        expected = 1 / math.sqrt(3 * layer.in_features)  # deviation of a uniform distribution
        # 400 draws or more estimate it within 3.2 percent: this is above five sigma.
        assert layer.weight.std().item() == pytest.approx(expected, rel=0.17)


@each_kind
@few
@given(st.integers(1, 10), seeds)
def test_the_seed_fixes_the_start_and_the_global_generator_has_no_part_in_it(kind, half, seed):
    before = torch.get_rng_state()
    model, twin, other = (BUILDERS[kind](2 * half, seed=s) for s in (seed, seed, seed + 1))
    assert torch.equal(flat(model), flat(twin))
    assert not torch.equal(flat(model), flat(other))
    assert torch.equal(torch.get_rng_state(), before)


@few
@given(st.lists(st.integers(1, 6), max_size=5), seeds)
def test_layers_are_affine_with_relu_between_and_none_at_the_end(hidden, seed):
    model = FullyConnected([1, *hidden, 1], seed=seed, **double)
    h = x = np.linspace(-2, 2, 9)[:, None]
    for layer in model.layers:
        weight, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
        h = np.maximum(h, 0) if layer is not model.layers[0] else h
        h = h @ weight.T + bias
    # A handful of float64 sums of numbers of about 1.
    np.testing.assert_allclose(model(torch.tensor(x)).detach(), h, rtol=0, atol=1e-13)
    widths = [layer.in_features for layer in model.layers]
    assert [*widths, model.layers[-1].out_features] == [1, *hidden, 1]


def test_named_models_have_the_layers_they_say():
    def widths(model):
        assert all(a.out_features == b.in_features for a, b in pairwise(model.layers))
        return [layer.in_features for layer in model.layers]

    assert widths(ShallowMLP(7, seed=0)) == [1, 7]
    assert widths(DeepMLP(7, seed=0)) == [1, 7, 7, 7, 7, 7]
    assert widths(SinusoidalModel(8, seed=0)) == [8]


@few
@given(st.integers(1, 20), st.floats(0.1, 10), st.lists(st.floats(-2, 2), min_size=1))
def test_features_are_cosine_and_sine_pair_by_pair(half, omega, points):
    model = SinusoidalModel(2 * half, omega=omega, seed=0, **double)
    x, k = np.array(points)[:, None], np.arange(1, half + 1)
    features = model.features(torch.tensor(x)).numpy()
    assert features.shape == (len(points), 2 * half)
    # Arguments reach 400 and are rounded at 400 * 1e-16.
    np.testing.assert_allclose(features[:, 0::2], np.cos(omega * k * x), rtol=0, atol=1e-12)
    np.testing.assert_allclose(features[:, 1::2], np.sin(omega * k * x), rtol=0, atol=1e-12)


@pytest.mark.parametrize("feature_dim", [2, 10, 40])
def test_with_the_default_frequency_features_are_orthogonal_on_the_interval(feature_dim):
    n = 2 * feature_dim  # equispaced on one period: the sums are exact from n > feature_dim on
    x = torch.arange(n, dtype=torch.float64).unsqueeze(1) * 2 / n - 1
    phi = SinusoidalModel(feature_dim, seed=0, **double).design_matrix(x)
    expected = torch.diag(torch.tensor([n / 2] * feature_dim + [n], dtype=torch.float64))
    torch.testing.assert_close(phi.T @ phi, expected, rtol=0, atol=1e-12 * n)


@few
@given(st.integers(1, 20), st.floats(0.1, 10), seeds)
def test_output_is_the_design_matrix_times_the_weight_vector(half, omega, seed):
    model = SinusoidalModel(2 * half, omega=omega, seed=seed, **double)
    x = torch.linspace(-1, 1, 11, dtype=torch.float64).unsqueeze(1)
    product = model.design_matrix(x) @ model.weight_vector()
    assert not model.weight_vector().requires_grad
    assert model(x).shape == (11, 1)
    torch.testing.assert_close(product, model(x)[:, 0].detach(), rtol=0, atol=1e-13)


@each_kind
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_parameters_and_outputs_have_the_dtype_asked_for(kind, dtype):
    model = BUILDERS[kind](4, seed=0, dtype=dtype)
    assert {p.dtype for p in model.parameters()} == {dtype}
    assert model(torch.zeros(3, 1, dtype=dtype)).dtype == dtype


BAD = [
    (ShallowMLP, "hidden_dim", 0), (ShallowMLP, "hidden_dim", -1), (ShallowMLP, "hidden_dim", 2.5),
    (ShallowMLP, "hidden_dim", True), (DeepMLP, "hidden_dim", 0), (DeepMLP, "hidden_dim", None),
    (SinusoidalModel, "feature_dim", 0), (SinusoidalModel, "feature_dim", 3),
    (SinusoidalModel, "feature_dim", 4.0), (SinusoidalModel, "omega", 0),
    (SinusoidalModel, "omega", -1.0), (SinusoidalModel, "omega", math.nan),
]  # fmt: skip


@pytest.mark.parametrize(("build", "name", "value"), BAD)
def test_bad_settings_are_named(build, name, value):
    size = {"feature_dim": 4} if build is SinusoidalModel else {"hidden_dim": 4}
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r}")):
        build(**size | {"seed": 0, name: value})


def test_a_bad_width_is_named():
    with pytest.raises(ValueError, match=r"widths\[1\]=0"):
        FullyConnected([1, 0, 1], seed=0)
