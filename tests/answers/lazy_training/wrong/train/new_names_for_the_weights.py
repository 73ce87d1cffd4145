# message: the parameters did not move
def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    for _ in range(n_steps):
        x, y = dataset.next_batch(batch_size)
        loss = ((model(x) - y)**2).mean()
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p = p - learning_rate * p.grad
        losses.append(loss.item())
    return losses
