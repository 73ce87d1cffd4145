# message: the root of the mean square
# fails: check_train check_train_batches
def train(model, dataset, n_steps, batch_size, learning_rate):
    losses = []
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for k in range(n_steps):
        x, y = dataset.next_batch(batch_size)
        loss = ((model(x) - y)**2).mean().sqrt()
        opt.zero_grad(); loss.backward(); opt.step()
        losses.append(loss.item())
    return losses
