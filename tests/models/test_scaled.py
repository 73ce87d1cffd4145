"""The scaled model: zero at the start, base frozen, whole in its state; plain SGD."""

import io

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.data import ToyRegression
from course_utils.models import DeepMLP, ScaledModel, ShallowMLP, SinusoidalModel, parameter_vector
from course_utils.training import DivergedError, predict, train

few = settings(max_examples=20, deadline=None)
double = {"dtype": torch.float64}
BASES = {
    "shallow": lambda seed: ShallowMLP(7, seed=seed, **double),
    "deep": lambda seed: DeepMLP(4, seed=seed, **double),
    "linear": lambda seed: SinusoidalModel(6, seed=seed, **double),
}
each_base = pytest.mark.parametrize("kind", BASES)


def dataset(n: int = 6) -> ToyRegression:
    return ToyRegression(n, seed=1, **double)


def moved(model: ScaledModel, seed: int = 0) -> ScaledModel:
    """The model after a random change of its network."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in model.network.parameters():
            p += torch.randn(p.shape, generator=generator, **double)
    return model


def sgd(model: torch.nn.Module, data: ToyRegression, *, n_steps: int, learning_rate: float) -> None:
    """The plain way: autograd and torch's optimiser on all that `parameters()` yields."""
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(n_steps):
        optimizer.zero_grad()
        (model(data.inputs) - data.labels).square().mean().backward()
        optimizer.step()


@each_base
@pytest.mark.parametrize("alpha", [1, 0.25, 1000])
def test_it_is_zero_at_the_start_and_scales_the_change(kind, alpha):
    base, (x, _) = BASES[kind](0), dataset().grid(50)
    model = ScaledModel(base, alpha)
    assert (model(x) == 0).all()
    moved(model)
    expected = alpha * (model.network(x) - base(x))
    torch.testing.assert_close(model(x), expected, rtol=1e-14, atol=0)
    assert expected.abs().max() > 0.01


@each_base
def test_the_base_wants_no_gradient_and_stays(kind):
    base = BASES[kind](0)
    before = parameter_vector(base)
    model = ScaledModel(base, 10)
    sgd(model, dataset(), n_steps=3, learning_rate=1e-4)
    assert all(p.grad is None for p in model.base.parameters())
    assert torch.equal(torch.nn.utils.parameters_to_vector(model.base.parameters()), before)
    assert torch.equal(parameter_vector(base), before)  # nor is what was given trained
    assert not torch.equal(parameter_vector(model), before)
    assert len(parameter_vector(model)) == len(before)


def test_saved_and_loaded_into_another_start_it_is_the_same_function():
    model, (x, _) = moved(ScaledModel(BASES["deep"](0), 5)), dataset().grid(20)
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    stranger = ScaledModel(BASES["deep"](9), 5)
    assert not torch.equal(stranger(x), model(x))
    stranger.load_state_dict(torch.load(file, weights_only=True))
    assert torch.equal(stranger(x), model(x))


def test_it_moves_to_another_precision_as_a_whole():
    assert {p.dtype for p in ScaledModel(BASES["deep"](0), 5).float().parameters()} == {
        torch.float32
    }


@few
@given(
    st.sampled_from(list(BASES)), st.integers(0, 99), st.sampled_from([0.5, 1.0, 30.0]),
    st.integers(1, 40),
)  # fmt: skip
def test_train_is_plain_descent_on_the_scaled_loss(kind, seed, alpha, n_steps):
    data, rate = dataset(), 0.02 / alpha**2
    plain, ours = (ScaledModel(BASES[kind](seed), alpha) for _ in range(2))
    sgd(plain, data, n_steps=n_steps, learning_rate=rate)
    run = train(ours, data, n_steps=n_steps, learning_rate=rate)
    way = parameter_vector(plain) - torch.nn.utils.parameters_to_vector(plain.base.parameters())
    error = parameter_vector(ours) - parameter_vector(plain)
    assert error.norm() <= 1e-10 * way.norm()
    with torch.no_grad():
        loss = float((plain(data.inputs) - data.labels).square().mean())
    assert run.losses[-1] == pytest.approx(loss, rel=1e-9)


def test_scaled_and_plain_models_train_side_by_side_as_alone():
    data, alphas = dataset(), [1.0, 40.0]

    def members() -> list:
        scaled = [ScaledModel(ShallowMLP(m, seed=m, **double), a) for m, a in zip((3, 9), alphas)]  # noqa: B905
        return [*scaled, ShallowMLP(5, seed=0, **double)]

    rates = [0.05, 0.05 / 40**2, 0.05]
    together = members()
    run = train(together, data, n_steps=30, learning_rate=rates, batch_size=4)
    for i, (alone, rate) in enumerate(zip(members(), rates, strict=True)):
        one = train(alone, dataset(), n_steps=30, learning_rate=rate, batch_size=4)
        np.testing.assert_allclose(run.losses[:, i], one.losses, rtol=1e-10)
        np.testing.assert_allclose(run.movement[:, i], one.movement, rtol=1e-10)
        np.testing.assert_allclose(
            predict(together[i], data.inputs), predict(alone, data.inputs), rtol=1e-9, atol=1e-12
        )


def test_divergence_names_the_rate_that_was_given_and_leaves_the_model():
    model, data = ScaledModel(BASES["shallow"](0), 100), dataset()
    with pytest.raises(
        DivergedError,
        match=r"learning_rate=0\.5: try a smaller one; at the start steps are stable below",
    ):
        train(model, data, n_steps=2000, learning_rate=0.5, watch=lambda: None)
    assert (model(data.inputs) == 0).all()


@pytest.mark.parametrize("alpha", [0, -1, np.nan, np.inf, "2", True])
def test_an_alpha_that_is_not_positive_is_named(alpha):
    with pytest.raises(ValueError, match=f"alpha={alpha!r}"):
        ScaledModel(BASES["shallow"](0), alpha)


def test_a_base_of_another_kind_is_named():
    with pytest.raises(TypeError, match="base: Linear is no network"):
        ScaledModel(torch.nn.Linear(1, 1), 2)
