# message: this is the model itself
import torch


def linearise(model, inputs, change):
    weights = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
    torch.nn.utils.vector_to_parameters(weights + change, model.parameters())
    return model(inputs).detach()
