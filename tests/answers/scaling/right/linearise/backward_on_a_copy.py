def linearise(model, inputs, change):
    model = copy.deepcopy(model)
    rows = []
    for x in inputs:
        model.zero_grad()
        output = model(x[None])
        output.backward()
        gradient = torch.cat([p.grad.flatten() for p in model.parameters()])
        rows.append([output.item() + float(gradient @ change)])
    return rows
