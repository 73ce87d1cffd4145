# message: is the step plain gradient descent
def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    for k in range(n_steps):
        opt = torch.optim.SGD(model.parameters(), lr=learning_rate / (k + 1))
        x, y = dataset.next_batch(batch_size)
        loss = ((model(x) - y)**2).mean()
        opt.zero_grad(); loss.backward(); opt.step()
        losses.append(loss.item())
    return losses
