# message: the step goes uphill
def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    for _ in range(n_steps):
        inputs, labels = dataset.next_batch(batch_size)
        loss = (model(inputs) - labels).square().mean()
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for w in model.parameters():
                w += learning_rate * w.grad
        losses.append(loss.item())
    return losses
