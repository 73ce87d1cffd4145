"""What the chapter on the tangent kernel claims, on networks small enough for a test.

Networks are drawn as in the chapter, PyTorch's way, and trained with learning rate 1 / width.
"""

import numpy as np
import pytest
import torch

from course_utils import data, models
from course_utils.theory import kernel_descent
from course_utils.training import log_steps, predict, train

DATASET = data.ToyRegression(15, target="middle", seed=0, dtype=torch.float64)
X, Y = DATASET.inputs, DATASET.labels[:, 0].numpy()


def shallow(width: int, seed: int = 0) -> models.ShallowMLP:
    return models.ShallowMLP(int(width), seed=seed).double()


def exponent(widths, measured) -> float:
    return float(np.polyfit(np.log(widths), np.log(measured), 1)[0])


def drift_and_way(networks, widths, n_steps: int):
    kernels = [models.tangent_kernel(net, X) for net in networks]
    starts = [models.parameter_vector(net) for net in networks]
    train(networks, DATASET, n_steps=n_steps, learning_rate=1 / widths, record=[n_steps])
    drift = [
        float((models.tangent_kernel(net, X) - k).norm() / k.norm())
        for net, k in zip(networks, kernels, strict=True)
    ]
    way = [
        float((models.parameter_vector(net) - w).norm())
        for net, w in zip(networks, starts, strict=True)
    ]
    return np.array(drift), np.array(way)


def test_column_of_the_kernel_is_what_a_step_on_one_point_moves():
    net = shallow(30)
    rows, kernel = models.jacobian(net, X), models.tangent_kernel(net, X).numpy()
    before = predict(net, X)
    change = 1e-6 * rows[3]
    torch.nn.utils.vector_to_parameters(models.parameter_vector(net) + change, net.parameters())
    assert np.allclose((predict(net, X) - before) / 1e-6, kernel[:, 3], rtol=1e-4)


def test_kernel_is_symmetric_and_positive_with_rank_of_the_weights():
    kernel = models.tangent_kernel(shallow(3), X).numpy()  # 10 weights, 15 points
    values = np.linalg.eigvalsh(kernel)
    assert np.allclose(kernel, kernel.T, rtol=1e-12)
    assert (values > -1e-12 * values[-1]).all()
    assert (values > 1e-12 * values[-1]).sum() <= 10


@pytest.fixture(scope="module")
def wide_run():
    """A network of width 1000, trained, and its prediction, on the points and elsewhere."""
    net, (grid, _) = shallow(1000), DATASET.grid(50)
    path = kernel_descent(
        models.tangent_kernel(net, X), Y, initial=predict(net, X), learning_rate=1e-3
    )
    cross, start = models.tangent_kernel(net, grid, X), predict(net, grid)
    w0 = models.parameter_vector(net)
    run = train(
        net,
        DATASET,
        n_steps=1000,
        learning_rate=1e-3,
        record=log_steps(1000, n_records=12),
        watch=lambda: (
            predict(net, X),
            predict(net, grid),
            float((models.parameter_vector(net) - w0).norm()),
        ),
    )
    return path, cross, start, run


def test_wide_network_is_predicted_step_by_step(wide_run):
    path, cross, start, run = wide_run
    on_points, elsewhere, ways = (np.array(v) for v in zip(*run.watched, strict=True))
    assert np.ptp(on_points[-1] - on_points[0]) > 0.5, "there is something to predict"
    assert np.allclose(on_points, path.outputs(run.steps), rtol=0, atol=5e-4)
    assert np.allclose(elsewhere, path.outputs_at(cross, start, run.steps), rtol=0, atol=5e-4)
    assert np.allclose(run.losses, path.losses(run.steps), rtol=5e-3)
    assert np.allclose(ways, path.distances(run.steps), rtol=1e-3)


def test_steep_directions_are_learned_first(wide_run):
    path, _, _, run = wide_run
    missing = (np.array([v[0] for v in run.watched]) - Y) @ path.eigenvectors[:, :3]
    shares = missing / missing[0]
    rates = 2e-3 / len(Y) * path.eigenvalues[:3]
    assert np.allclose(shares, (1 - rates) ** run.steps[:, None], rtol=0, atol=2e-3)
    half_learned = (shares < 0.5).argmax(axis=0)
    assert np.all(np.diff(half_learned) > 0), "one after the other"


def test_eigenfunctions_change_sign_once_more_each(wide_run):
    path, cross, _, _ = wide_run
    functions = cross.numpy() @ path.eigenvectors[:, :4]
    changes = [(np.diff(np.sign(f)) != 0).sum() for f in functions.T]
    assert changes == [0, 1, 2, 3]


def test_thin_network_is_not_predicted_and_can_do_better():
    net = shallow(30)
    path = kernel_descent(
        models.tangent_kernel(net, X), Y, initial=predict(net, X), learning_rate=1 / 30
    )
    run = train(net, DATASET, n_steps=10_000, learning_rate=1 / 30, record=[100, 10_000])
    predicted = path.losses(run.steps)
    assert run.losses[0] == pytest.approx(predicted[0], rel=0.1)
    assert run.losses[1] < predicted[1] / 10


def test_flow_and_descent_part_early_and_meet_again():
    kernel = models.tangent_kernel(shallow(100), X)
    steps = np.arange(201)
    descent = kernel_descent(kernel, Y, learning_rate=0.01).outputs(steps)
    flow = kernel_descent(kernel, Y, learning_rate=None).outputs(steps * 0.01)
    gap = abs(descent - flow).max(axis=1)
    assert gap.argmax() < 10
    assert gap[-1] < gap.max() / 50


def test_shallow_kernel_drifts_as_width_to_minus_two_and_weights_go_its_inverse_root():
    widths = np.repeat([30, 100, 300], 4)
    networks = [shallow(m, seed=i % 4) for i, m in enumerate(widths)]
    drift, way = drift_and_way(networks, widths, 500)
    assert exponent(widths, drift) == pytest.approx(-2, abs=0.3)
    assert exponent(widths, way) == pytest.approx(-0.5, abs=0.08)


def test_two_hidden_layers_drift_more_slowly():
    widths = np.repeat([30, 60, 120], 3)
    networks = [
        models.FullyConnected([1, int(m), int(m), 1], seed=i % 3).double()
        for i, m in enumerate(widths)
    ]
    drift, way = drift_and_way(networks, widths, 500)
    assert -1.1 < exponent(widths, drift) < -0.5
    assert exponent(widths, way) == pytest.approx(-0.5, abs=0.12)


@pytest.fixture(scope="module")
def diagram():
    """A table of scales and widths: settings, models, kernels, predictions, ways, relative ways."""
    alphas, widths, seeds = [1, 10, 100], [10, 30, 100], range(4)
    cells = [(a, m, s) for a in alphas for m in widths for s in seeds]
    scaled = [models.ScaledModel(shallow(m, s), alpha=a) for a, m, s in cells]
    rates = np.array([1 / (a**2 * m) for a, m, _ in cells])
    kernels = [models.tangent_kernel(model, X).numpy() for model in scaled]
    starts = np.array([float(models.parameter_vector(model).norm()) for model in scaled])
    run = train(scaled, DATASET, n_steps=500, learning_rate=rates, record=[500])
    paths = [kernel_descent(k, Y, learning_rate=r) for k, r in zip(kernels, rates, strict=True)]
    alpha, width, _ = np.array(cells, dtype=float).T
    return alpha, width, scaled, kernels, paths, run.movement[-1] * starts, run.movement[-1]


def table(values):
    return values.reshape(3, 3, 4).mean(axis=2)


def test_way_times_scale_times_root_width_is_one_number_but_in_the_corner(diagram):
    alpha, width, *_, way, relative_way = diagram
    constant = table(way * alpha * np.sqrt(width))
    rest = constant.ravel()[1:]
    assert np.ptp(rest) < 0.12 * rest.mean()
    corner, above, far = constant[:, 0]  # of one width, so that the draw of the start is no matter
    assert abs(corner - far) > 4 * abs(above - far)
    relative = table(relative_way * alpha * np.sqrt(width))
    assert relative[:, 0].mean() > 2.5 * relative[:, -1].mean(), "the relative way is no constant"


def test_prediction_of_the_way_fails_in_the_corner_of_small_scale_and_width(diagram):
    *_, paths, way, _ = diagram
    own = np.array([path.distances([500])[0] for path in paths])
    off = table(abs(way / own - 1))
    assert off[0, 0] == off.max() > 0.05
    assert off[-1].max() < 0.01
    assert off[0, -1] < 0.03


def curvature_by_hand(net) -> float:
    """Norm of the second derivatives of one hidden layer of ReLU, as the chapter has it."""
    active = net.layers[0](X) > 0
    rows = torch.cat([X, torch.ones_like(X)], dim=1)
    each = rows * active.T[:, :, None]
    return float(torch.linalg.matrix_norm(each, ord=2).max())


def test_norm_of_the_second_derivatives_is_that_of_the_steepest_unit():
    """sup |v^T H_i v| over unit v, found by ascent through autograd, against the closed form."""
    net = shallow(4, seed=1)
    w0, parameters = models.parameter_vector(net), dict(net.named_parameters())
    sizes = [p.numel() for p in parameters.values()]

    def outputs(vector):
        pieces = zip(parameters.items(), vector.split(sizes), strict=True)
        return torch.func.functional_call(net, {k: v.view_as(p) for (k, p), v in pieces}, X)[:, 0]

    second = torch.stack(
        [torch.autograd.functional.hessian(lambda v, i=i: outputs(v)[i], w0) for i in range(len(X))]
    )
    best = 0.0
    generator = torch.Generator().manual_seed(0)
    for _ in range(20):
        v = torch.randn(len(w0), dtype=torch.float64, generator=generator)
        for _ in range(200):
            v = v / v.norm()
            image = torch.einsum("ijk,j,k->i", second, v, v)
            v = v + 0.3 * torch.einsum("i,ijk,k->j", image, second, v)
        v = v / v.norm()
        best = max(best, float(torch.einsum("ijk,j,k->i", second, v, v).norm()))
    assert best == pytest.approx(curvature_by_hand(net), rel=1e-3)


def test_criterion_falls_as_scale_times_width_and_orders_the_gaps(diagram):
    alpha, width, scaled, kernels, paths, *_ = diagram
    kappa = np.array(
        [
            np.linalg.norm(Y) * curvature_by_hand(m.base) * m.alpha / np.linalg.eigvalsh(k)[-1]
            for m, k in zip(scaled, kernels, strict=True)
        ]
    )
    product = table(kappa * alpha * width)
    assert product.max() < 1.6 * product.min()
    ends = predict(scaled, X).T
    gaps = np.array([abs(e - p.outputs([500])[0]).max() for e, p in zip(ends, paths, strict=True)])
    assert np.corrcoef(np.log(kappa), np.log(gaps))[0, 1] > 0.85


def test_power_iteration_without_the_matrix_finds_the_stable_learning_rate():
    net, (grid, _) = shallow(50), DATASET.grid(300)
    product = models.kernel_product(net, grid)
    v = torch.ones(len(grid), dtype=torch.float64)
    for _ in range(12):
        v = product(v / v.norm())
    path = kernel_descent(models.tangent_kernel(net, grid), np.zeros(300), learning_rate=None)
    assert 300 / float(v.norm()) == pytest.approx(path.stable_learning_rate, rel=1e-6)
