def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = torch.zeros(n_steps)
    w = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
    for i in range(n_steps):
        model.zero_grad()
        inputs, labels = dataset.next_batch(batch_size)
        losses[i] = loss = torch.nn.MSELoss()(model(inputs), labels)
        loss.backward()
        w = w - learning_rate * torch.cat([p.grad.flatten() for p in model.parameters()])
        torch.nn.utils.vector_to_parameters(w, model.parameters())
    return losses.tolist()
