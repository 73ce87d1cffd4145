# message: backward() adds new gradients to old ones
def linearise(model, inputs, change):
    model, rows = copy.deepcopy(model), []
    for x in inputs:
        output = model(x[None])
        output.backward()
        gradient = torch.cat([p.grad.flatten() for p in model.parameters()])
        rows.append([output.item() + float(gradient @ change)])
    return rows
