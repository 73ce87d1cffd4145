def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    for step in range(n_steps):
        x, y = dataset.next_batch(batch_size)
        loss = torch.mean((model(x) - y) ** 2)
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= learning_rate * p.grad
                p.grad.zero_()
        losses.append(float(loss))
    return losses
