# message: the loss is the mean square
# fails: check_train check_train_batches
def train(model, dataset, n_steps, batch_size, learning_rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(n_steps):
        inputs, labels = dataset.next_batch(batch_size)
        loss = (model(inputs) - labels).abs().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
