# message: difference to one side is off
def linearise(model, inputs, change):
    eps = 1e-3
    moved = copy.deepcopy(model)
    torch.nn.utils.vector_to_parameters(torch.nn.utils.parameters_to_vector(moved.parameters()) + eps * change, moved.parameters())
    return (model(inputs) + (moved(inputs) - model(inputs)) / eps).detach()
