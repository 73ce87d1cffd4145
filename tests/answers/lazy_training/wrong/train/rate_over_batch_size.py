# message: divided by the number of points
def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate / batch_size)
    for _ in range(n_steps):
        x, y = dataset.next_batch(batch_size)
        loss = ((model(x) - y)**2).mean()
        opt.zero_grad(); loss.backward(); opt.step()
        losses.append(loss.item())
    return losses
