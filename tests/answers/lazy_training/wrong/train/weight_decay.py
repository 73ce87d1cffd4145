# message: a step is w - learning_rate
def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    for _ in range(n_steps):
        x, y = dataset.next_batch(batch_size)
        loss = ((model(x) - y)**2).mean()
        opt = torch.optim.SGD(model.parameters(), lr=learning_rate, weight_decay=0.01)
        opt.zero_grad(); loss.backward(); opt.step()
        losses.append(loss.item())
    return losses
